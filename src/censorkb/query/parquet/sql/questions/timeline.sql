SELECT
  earliest.object AS from_, latest.object AS until, role.object AS role, basis.object AS basis, stage.object AS stage,
  action.object AS action, feature.object AS feature, status.object AS status, class.subject AS measure,
  speaker.object AS speaker, stance.object AS stance, published.object AS published, claim.subject AS claim
FROM asked
JOIN triples AS country ON country.predicate = 'ckb:country' AND country.object = asked.country
JOIN triples AS target
  ON target.subject = country.subject AND target.predicate = 'ckb:concerns' AND target.object = asked.target
JOIN triples AS class
  ON class.subject = country.subject AND class.predicate = 'rdf:type' AND class.object = 'ckb:Measure'
JOIN triples AS action ON action.subject = class.subject AND action.predicate = 'ckb:action'
JOIN triples AS claim ON claim.object = class.subject AND claim.predicate = 'ckb:about'
JOIN triples AS kind
  ON kind.subject = claim.subject AND kind.predicate = 'rdf:type' AND kind.object = 'ckb:MeasureClaim'
JOIN triples AS review
  ON review.subject = claim.subject AND review.predicate = 'ckb:status' AND review.object = 'review:accepted'
JOIN triples AS stage ON stage.subject = claim.subject AND stage.predicate = 'ckb:phase'
JOIN triples AS stance ON stance.subject = claim.subject AND stance.predicate = 'ckb:stance'
JOIN triples AS speaker ON speaker.subject = claim.subject AND speaker.predicate = 'ckb:speaker'
JOIN triples AS source ON source.subject = claim.subject AND source.predicate = 'ckb:source'
JOIN triples AS publication ON publication.subject = source.object AND publication.predicate = 'ckb:published'
JOIN triples AS published ON published.subject = publication.object AND published.predicate = 'ckb:latestStart'
LEFT JOIN triples AS feature ON feature.subject = class.subject AND feature.predicate = 'ckb:feature'
LEFT JOIN triples AS status
  ON status.subject = action.object AND status.predicate = 'ckb:resultsIn'
  AND stage.object IN ('phase:attempted', 'phase:in-force')
LEFT JOIN triples AS dating ON dating.subject = claim.subject AND dating.predicate = 'ckb:dating'
LEFT JOIN triples AS role ON role.subject = dating.object AND role.predicate = 'ckb:role'
LEFT JOIN triples AS basis ON basis.subject = dating.object AND basis.predicate = 'ckb:basis'
LEFT JOIN triples AS earliest ON earliest.subject = dating.object AND earliest.predicate = 'ckb:earliestStart'
LEFT JOIN triples AS latest ON latest.subject = dating.object AND latest.predicate = 'ckb:latestStart'
ORDER BY
  COALESCE(latest.object, earliest.object, published.object), earliest.object NULLS FIRST, class.subject, claim.subject,
  role.object NULLS FIRST
