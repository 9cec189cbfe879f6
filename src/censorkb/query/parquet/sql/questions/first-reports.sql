SELECT DISTINCT
  earliest.object AS first_reported, reports.measure, publisher.object AS publisher, source.object AS source,
  latest.object AS last_reported
FROM reports
JOIN triples AS source ON source.subject = reports.claim AND source.predicate = 'ckb:source'
JOIN triples AS publisher ON publisher.subject = source.object AND publisher.predicate = 'dcterms:publisher'
JOIN triples AS dating ON dating.subject = source.object AND dating.predicate = 'ckb:published'
JOIN triples AS published ON published.subject = dating.object AND published.predicate = 'ckb:latestStart'
JOIN triples AS earliest
  ON earliest.subject = reports.measure AND earliest.predicate = 'ckb:firstReported' AND earliest.object = published.object
JOIN triples AS latest ON latest.subject = reports.measure AND latest.predicate = 'ckb:lastEvidenced'
ORDER BY first_reported, measure, source
