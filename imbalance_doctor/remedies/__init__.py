"""What a prescription is made of: the case and its numbers, the steps before, in and after training, the cautions."""
