{# Everything with a page, by all its names; so many measures that a phone can take them. #}
{% set seen = namespace(left=2000, over=false) %}
(globalThis.censorkbFound ??= []).push({ "things": [
{# readers write a country as their language does, whatever the facts call it #}
{% for row in countries %}
[{{ row.page.page }}, {{ row.page.label }}, {{ row.page.language }}, {{ lines('names', row.page)|other_names(row.page.label, catalogues, row.iso) }}],
{% endfor %}
{% for thing, named in names|together('page') if thing.page and not thing.page.startswith('country/') %}
{% if thing.page.startswith('measure/') %}{% set seen.left = seen.left - 1 %}{% endif %}
{% if seen.left >= 0 or not thing.page.startswith('measure/') %}
[{{ thing.page }}, {{ thing.label }}, {{ thing.language }}, {{ named|other_names(thing.label) }}],
{% else %}{% set seen.over = true %}{% endif %}
{% endfor %}
], "note": {{ t.search['no-measures'] if seen.over else '' }} });
