"""What a portfolio holds and what handing it in freezes."""
