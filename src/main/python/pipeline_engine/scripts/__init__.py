"""Scripts as text: compiling them, checking them against their contract, and describing their exceptions."""
