{# What the last claims say, by month, so that no more is asked for than is shown. #}
{% set seen = namespace(left=1500, month=none) %}
(globalThis.censorkbFound ??= []).push({ "things": [
{% for month in months %}
{% if seen.left > 0 %}
{% for found in lines('month-claims', month.page) %}
{% set seen.left = seen.left - 1 %}
[{{ found.claim.page }}, {{ found.claim.label }}, {{ found.claim.language }}, ""],
{% endfor %}
{% elif seen.month is none %}
{% set seen.month = month.date|date %}
{% endif %}
{% endfor %}
], "note": {{ t.search['no-claims'] ~ ': ' ~ seen.month if seen.month else '' }} });
