"""Whether a file keeps its standard's rules: schema rules as our own code, and the rules that no schema states."""

from termalign.formats.validation.checking import UnknownFileError, check_file
from termalign.formats.validation.rules import RULES, RuleInfo
from termalign.formats.validation.sarif import sarif

__all__ = ["RULES", "RuleInfo", "UnknownFileError", "check_file", "sarif"]
