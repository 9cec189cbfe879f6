SELECT gaps.country, gaps.last_evidenced, gaps.measures
FROM asked
JOIN (
  SELECT country.object AS country, max(evidenced.object) AS last_evidenced, count(DISTINCT class.subject) AS measures
  FROM triples AS class
  JOIN triples AS country ON country.subject = class.subject AND country.predicate = 'ckb:country'
  JOIN triples AS evidenced ON evidenced.subject = class.subject AND evidenced.predicate = 'ckb:lastEvidenced'
  WHERE class.predicate = 'rdf:type' AND class.object = 'ckb:Measure'
  GROUP BY country.object
) AS gaps ON gaps.last_evidenced < asked.since
ORDER BY gaps.last_evidenced, gaps.country
