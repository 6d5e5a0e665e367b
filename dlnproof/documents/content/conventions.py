"""What the letters of every statement stand for."""

CONVENTIONS = r"""A deep linear network of depth $N\ge1$ and width $d\ge1$ has the end-to-end matrix
$W=W_NW_{N-1}\cdots W_1$ with $W_j\in\mathbb{R}^{d\times d}$; it is balanced if
$W_{j+1}^{T}W_{j+1}=W_jW_j^{T}$ for $1\le j<N$. The singular value decomposition is
$W=U\Sigma V^{T}$ with $\sigma_1\ge\dots\ge\sigma_d\ge0$ and columns $u_i$, $v_l$ of $U$, $V$.
Vectorisation is column-major. The operator is
\[
  \mathcal{A}_{N,W}(Z)=\frac1N\sum_{j=1}^{N}(WW^{T})^{\frac{N-j}{N}}\,Z\,(W^{T}W)^{\frac{j-1}{N}},
\]
with $X^{0}=I$ (the factor $\frac1N$ is sometimes left out), and the metric is
$g^{N}(Z_1,Z_2)=\operatorname{Tr}(Z_1^{T}\mathcal{A}_{N,W}^{-1}Z_2)$.
Finally $\operatorname{van}(x)=\prod_{i<l}(x_i-x_l)$, which is nonnegative for
$x_1\ge\dots\ge x_d$, and $dU$, $dV$ are the wedge products over $i<l$ of the entries
$(U^{T}dU)_{il}$, $(V^{T}dV)_{il}$.
"""
