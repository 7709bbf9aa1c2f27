"""Numbers, dates and amounts with normal forms that are equal where facts are."""

from termalign.languages.quantities.find import find_quantities

__all__ = ["find_quantities"]
