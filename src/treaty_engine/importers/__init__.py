"""Official exports of status tables become fact rows; what is not understood is reported, never guessed."""
