"""The pages of respondents: no sign-in, no cookie; the token in the address is the authority."""

from survey.checkin.views import answering, card, device
from survey.checkin.views.front import blueprint

__all__ = ["answering", "blueprint", "card", "device"]
