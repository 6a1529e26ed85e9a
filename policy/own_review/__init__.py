"""The policy's own review: facts, file, rules and deadlines, as a case has them. (policy-review, section 8)"""
