"""The ways in which values become RDF, by the name that the shapes give them (`ckb:form`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from censorkb.graph import parts, values

if TYPE_CHECKING:
    from censorkb.facts.node import Node
    from censorkb.graph.mapper import Mapper
    from censorkb.graph.scope import Scope
    from censorkb.ontology.form import Field

    Way = Callable[[Mapper, Scope, str, Field, Node], None]

WAYS: dict[str, Way] = {
    "literal": values.literal,
    "langText": values.lang_text,
    "sourceText": values.source_text,
    "concept": values.concept,
    "webAddress": values.url,
    "wikidata": values.wikidata,
    "formerName": values.former_id,
    "mergedName": values.merged_id,
    "edtfDate": values.edtf_date,
    "entityRef": values.entity_ref,
    "sourceRef": values.source_ref,
    "claimRef": values.claim_ref,
    "orderedRefs": values.ordered_refs,
    "nested": parts.nested,
    "nestedMap": parts.nested_map,
    "nestedList": parts.nested_list,
    "roleMap": parts.role_map,
    "quoteMap": parts.quote_map,
    "claimList": parts.claim_list,
}
