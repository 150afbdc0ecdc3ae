"""The edge of the loop: frames come in and become commands, views go out and become frames."""
