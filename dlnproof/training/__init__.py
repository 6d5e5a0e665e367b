"""Training: matrix completion by gradient descent on factors and by the end-to-end flow."""
