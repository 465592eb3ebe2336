"""The programme at a glance: what rooms know, put together for who leads. Holds nothing of its own."""
