SELECT outlet.object AS outlet, count(DISTINCT reports.measure) AS measures
FROM reports
JOIN triples AS source ON source.subject = reports.claim AND source.predicate = 'ckb:source'
JOIN triples AS root ON root.subject = reports.claim AND root.predicate = 'ckb:rootSource'
JOIN triples AS outlet ON outlet.subject = root.object AND outlet.predicate = 'dcterms:publisher'
JOIN triples AS dating ON dating.subject = source.object AND dating.predicate = 'ckb:published'
JOIN triples AS published ON published.subject = dating.object AND published.predicate = 'ckb:latestStart'
JOIN triples AS earliest
  ON earliest.subject = reports.measure AND earliest.predicate = 'ckb:firstReported' AND earliest.object = published.object
GROUP BY outlet.object
ORDER BY measures DESC, outlet
