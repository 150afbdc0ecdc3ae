"""The rooms: commands are decided here, committed to the store in one step, and delivered to each viewer.

They wait, for the store and for the clock; what may happen and who may know it, they leave to the rules.
"""
