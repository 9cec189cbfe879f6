-- Accepted claims that a measure is there or to come, none that it is not or has ended.
SELECT DISTINCT about.object AS measure, about.subject AS claim
FROM triples AS about
JOIN triples AS class ON class.subject = about.subject AND class.predicate = 'rdf:type' AND class.object = 'ckb:MeasureClaim'
JOIN triples AS review ON review.subject = about.subject AND review.predicate = 'ckb:status' AND review.object = 'review:accepted'
JOIN triples AS stance ON stance.subject = about.subject AND stance.predicate = 'ckb:stance' AND stance.object <> 'stance:denies'
JOIN triples AS phase
  ON phase.subject = about.subject AND phase.predicate = 'ckb:phase'
  AND phase.object IN ('phase:announced', 'phase:attempted', 'phase:in-force')
WHERE about.predicate = 'ckb:about'
