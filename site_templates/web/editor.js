// The editor with colours, asked for by the reader: it is larger than everything else on the page before a query runs.
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { HighlightStyle, bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { EditorState, Prec } from '@codemirror/state';
import { EditorView, drawSelection, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { sparql } from 'codemirror-lang-sparql';

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--t-blocked)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--ended)' },
  { tag: [tags.variableName, tags.propertyName], color: 'var(--t-partly)' },
  { tag: tags.comment, color: 'var(--mut)' },
  { tag: [tags.number, tags.bool, tags.namespace, tags.typeName], color: 'var(--t-degraded)' },
]);
const look = EditorView.theme({
  '&': { border: '1px solid var(--mut)', borderRadius: '.3rem', backgroundColor: 'var(--bg)', color: 'var(--fg)', fontSize: '.9rem' },
  '.cm-gutters': { backgroundColor: 'var(--soft)', color: 'var(--mut)', border: '0' },
  '.cm-content': { minHeight: '15rem', caretColor: 'var(--fg)' },
  '.cm-cursor': { borderInlineStartColor: 'var(--fg)' },
});

// In a shadow root its styles are objects, which a page without inline styles allows.
globalThis.censorkbEditor = (host, text, label, run) => {
  const root = host.attachShadow({ mode: 'open' });
  const view = new EditorView({
    parent: root, root, state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(), history(), drawSelection(), bracketMatching(), syntaxHighlighting(colours), sparql(), look,
        EditorView.lineWrapping, EditorView.contentAttributes.of({ 'aria-label': label }),
        Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => { run(); return true; } }])),
        keymap.of([...defaultKeymap, ...historyKeymap]),
      ],
    }),
  });
  return {
    get text() { return view.state.doc.toString(); },
    set text(to) { view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: to } }); },
    focus() { view.focus(); },
  };
};
