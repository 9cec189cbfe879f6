{# Everything with a page, by all its names; so many measures that a phone can take them, the newest first. #}
{% set named = {} %}
{% for thing, rows in names|together('page') %}{% set _ = named.update({thing.iri: rows}) %}{% endfor %}
(globalThis.censorkbFound ??= []).push({ "things": [
{# readers write a country as their language does, whatever the facts call it #}
{% for row in countries %}
[{{ row.page.page }}, {{ row.page.label }}, {{ row.page.language }}, {{ named[row.page.iri]|default([])|other_names(row.page.label, catalogues, row.iso) }}],
{% endfor %}
{% for thing, rows in names|together('page') if thing.page and not thing.page.startswith(('country/', 'measure/')) %}
[{{ thing.page }}, {{ thing.label }}, {{ thing.language }}, {{ rows|other_names(thing.label) }}],
{% endfor %}
{# and a measure by what it is, at whom it is aimed and where, in the words of the reader #}
{% for row in measures[:2000] if row.page.page %}
[{{ row.page.page }}, {{ row.page.label }}, {{ row.page.language }}, {{ named[row.page.iri]|default([])|other_names(row.page.label) }}, {{ [t.status[row.status.id]|default(row.status.label) if row.status else '', row.action.label, row.target.label, row.country.label]|join(' ') }}],
{% endfor %}
], "note": {{ t.search['no-measures'] if measures|length > 2000 else '' }} });
