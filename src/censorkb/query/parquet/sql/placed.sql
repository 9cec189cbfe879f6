-- Each statement once, with the country and the year of the thing that its subject is, or is a part of.
SELECT DISTINCT
  s.graph, s.subject, s.predicate, s.object, s.kind, s.datatype, s.language, things.country, things.year
FROM statements AS s LEFT JOIN things ON things.thing = split_part(s.subject, '#', 1)
ORDER BY
  country NULLS FIRST, year NULLS FIRST, predicate, subject, object, kind, datatype NULLS FIRST, language NULLS FIRST, graph
