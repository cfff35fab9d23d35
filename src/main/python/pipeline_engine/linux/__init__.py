"""What the engine asks of the Linux kernel. Knows no other package."""
