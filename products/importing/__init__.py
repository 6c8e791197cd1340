"""Files to a plan, and a plan to one operation.

Reading: `registry` finds the format, whose module turns records into `ProductRow`s.
Planning: `plan` compares the rows with the shop and writes nothing.
Applying: `run` posts the plan as one operation, or only reports it.
"""
