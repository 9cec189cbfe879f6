-- Each statement once in each graph, with the country and the year of the thing that its subject is, or is a part of, and
-- whether a graph before says it already.
SELECT
  s.graph, s.subject, s.predicate, s.object, s.kind, s.datatype, s.language,
  row_number() OVER (
    PARTITION BY s.subject, s.predicate, s.object, s.kind, s.datatype, s.language ORDER BY s.graph
  ) > 1 AS repeated,
  things.country, things.year
FROM (SELECT DISTINCT * FROM statements) AS s
LEFT JOIN things ON things.thing = split_part(s.subject, '#', 1)
ORDER BY
  country NULLS FIRST, year NULLS FIRST, predicate, subject, object, kind, datatype NULLS FIRST, language NULLS FIRST, graph
