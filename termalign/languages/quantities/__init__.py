"""Numbers, dates and amounts with normal forms that are equal where facts are."""

from termalign.languages.quantities.find import find_quantities
from termalign.languages.quantities.same import same

__all__ = ["find_quantities", "same"]
