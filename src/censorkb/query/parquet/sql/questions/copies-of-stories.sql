SELECT counted.story, counted.source, publisher.object AS publisher, counted.claims
FROM (
  SELECT root.object AS story, source.object AS source, count(DISTINCT root.subject) AS claims
  FROM triples AS root
  JOIN triples AS source ON source.subject = root.subject AND source.predicate = 'ckb:source'
  JOIN triples AS review
    ON review.subject = root.subject AND review.predicate = 'ckb:status' AND review.object = 'review:accepted'
  WHERE root.predicate = 'ckb:rootSource' AND root.object <> source.object
  GROUP BY root.object, source.object
) AS counted
JOIN triples AS publisher ON publisher.subject = counted.source AND publisher.predicate = 'dcterms:publisher'
ORDER BY counted.story, counted.source, publisher
