"""The pages of start agreements: one agreement, its parts, signing, looking back, and what a link opens."""

from survey.start_agreement.views import editing, link, looking_back, signing
from survey.start_agreement.views.front import blueprint

__all__ = ["blueprint", "editing", "link", "looking_back", "signing"]
