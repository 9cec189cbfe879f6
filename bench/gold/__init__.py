"""What a person found in news articles: the yardstick for what is proposed from them."""
