"""What can happen in Klankbord. One public method is one transaction: load, decide, save, queue what to say."""
