"""One file per source of evidence: how far two terms agree."""

from termalign.evidence.base import EvidenceSource, Ground, SourceFactory, Termbase, in_order
from termalign.registry import Entry, Registry

__all__ = ["EVIDENCE", "EvidenceSource", "Ground", "SourceFactory", "Termbase", "in_order"]

EVIDENCE: Registry[SourceFactory] = Registry(
    "evidence source",
    {
        "gloss": Entry("termalign.evidence.glossed:GlossSource"),
        "acronym pivot": Entry("termalign.evidence.glossed:AcronymPivot"),
        "han": Entry("termalign.evidence.han:HanCharacters"),
        "reading": Entry("termalign.evidence.reading:Reading"),
        "composition": Entry("termalign.evidence.composition:Composition"),
        "cooccurrence": Entry("termalign.evidence.cooccurrence:Cooccurrence"),
        "encoder": Entry("termalign.evidence.encoder:EncoderCosine"),
        "context": Entry("termalign.evidence.context:Context"),
        "termbase": Entry("termalign.evidence.termbase:TermbaseSource"),
    },
)
