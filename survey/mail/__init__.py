"""Mail: letters from templates, the outbox they wait in, and how they leave."""
