"""What the letters of every statement stand for."""

CONVENTIONS = r"""A deep linear network of depth $N\ge1$ and width $d\ge1$ has the end-to-end matrix
$W=W_NW_{N-1}\cdots W_1$ with $W_j\in\mathbb{R}^{d\times d}$; it is balanced if
$W_{j+1}^{T}W_{j+1}=W_jW_j^{T}$ for $1\le j<N$. The singular value decomposition is
$W=U\Sigma V^{T}$ with $\sigma_1\ge\dots\ge\sigma_d\ge0$ and columns $u_i$, $v_l$ of $U$, $V$.
Where its rank $r$ occurs, factors have any shapes, $W_j\in\mathbb{R}^{d_j\times d_{j-1}}$,
$\sigma_1,\dots,\sigma_r$ are the values that are not zero, and $U$ and $V$ have $r$ columns.
Vectorisation is column-major. The operator is
\[
  \mathcal{A}_{N,W}(Z)=\frac1N\sum_{j=1}^{N}(WW^{T})^{\frac{N-j}{N}}\,Z\,(W^{T}W)^{\frac{j-1}{N}},
\]
with $X^{0}=I$ (the factor $\frac1N$ is sometimes left out), and the metric is
$g^{N}(Z_1,Z_2)=\operatorname{Tr}(Z_1^{T}\mathcal{A}_{N,W}^{-1}Z_2)$.
Finally $\operatorname{van}(x)=\prod_{i<l}(x_i-x_l)$, which is nonnegative for
$x_1\ge\dots\ge x_d$, and $dU$, $dV$ are the wedge products over $i<l$ of the entries
$(U^{T}dU)_{il}$, $(V^{T}dV)_{il}$.

The eigenvalue of the operator at $u_iv_l^{T}$ is $\lambda_{il}$. In sentences $u_iv_l^{T}$ is
$UE_{i,l}V^{T}$, with a single $1$ in the matrix $E_{i,l}$, and $u_i^{T}Xv_l$ an entry of
$U^{T}XV$; entries of other matrices are $(X)_{i,l}$. The power $X^{a/n}$ of a positive semidefinite
matrix is that of its root, $X^{s}$ a real power where $s$ is a number.
Products of matrices such as $W_N\cdots W_1$ and $\prod_{j=N}^{1}$ have the highest index on the
left. The gradient $\nabla_{Z=W}$ at $W$ is that for $\operatorname{Tr}(X^{T}Y)$. The determinant
$\left|\det((D,a,b)\mapsto X)\right|$ is that of a map of diagonal matrices $D$ and skew-symmetric
ones $a$ and $b$, in the bases $E_{i,i}$ and $E_{i,l}-E_{l,i}$, $i<l$; and
$\operatorname{mat}_{i\le m,l\le n}(x)$ is the matrix of entries ($i,l\le n$ where $m=n$),
$\det_{j,k\le n,i<l\le d,m<p\le d}(x)$
the determinant of one whose rows have an index $j$ and a pair, and whose columns have others. The
volume of $\mathcal{O}(W_j)_{1\le j\le N}$ is that of all $Q_jW_jQ_{j-1}^{T}$ with orthogonal
matrices $Q_j$, $Q_N=Q_0=I$, and $\operatorname{vol}(O_n)$ that of the orthogonal matrices for
$\operatorname{Tr}(a^{T}a)$ of skew-symmetric ones.
"""
