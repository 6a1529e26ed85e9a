"""A referral to another agency: what is owed until it is answered and has ended, and whom it is suggested for."""
