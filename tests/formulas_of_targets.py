"""Formulas of what can be judged: right ones in many forms, wrong ones and what is wrong."""

GEOMETRIC = "sum(j, 1, N, (sigma[i]**2)**((N-j)/N)*(sigma[l]**2)**((j-1)/N))"
GEOMETRIC_TEX = r"\sum_{j=1}^{N}(\sigma_i^2)^{\frac{N-j}{N}}(\sigma_l^2)^{\frac{j-1}{N}}"
RATIO_TEX = r"\frac{\operatorname{van}(\Sigma^2)}{\operatorname{van}(\Sigma^{2/N})}"

RIGHT = {
    "eigenvalue": [
        f"{GEOMETRIC}/N",
        rf"\frac1N {GEOMETRIC_TEX}",
        "(sigma[i]**2 - sigma[l]**2)/(N*(sigma[i]**(2/N) - sigma[l]**(2/N)))",
        r"\frac{1}{N}\frac{\sigma_i^2-\sigma_l^2}{\sigma_i^{2/N}-\sigma_l^{2/N}}",
        "sum(j, 0, N-1, sigma[l]**(2*j/N)*sigma[i]**(2-2*(j+1)/N))/N",
    ],
    "submersion-eigenvalue": [GEOMETRIC, GEOMETRIC_TEX],
    "operator-trace": [
        f"sum(i, l, {GEOMETRIC})/N",
        r"\sum_i\sigma_i^{2-\frac2N}+\frac2N\sum_{i<l}"
        r"\frac{\sigma_i^2-\sigma_l^2}{\sigma_i^{2/N}-\sigma_l^{2/N}}",
        r"\frac1N\sum_{j=1}^N\operatorname{tr}(\Sigma^{2(N-j)/N})\operatorname{tr}(\Sigma^{2(j-1)/N})",
    ],
    "submersion-operator-trace": [
        f"sum(i, l, {GEOMETRIC})",
        r"\sum_{j=1}^N\operatorname{tr}(\Sigma^{2(N-j)/N})\operatorname{tr}(\Sigma^{2(j-1)/N})",
    ],
    "metric-trace": [
        f"sum(i, l, N/{GEOMETRIC})",
        r"\sum_{i,l}\frac{N}{\sum_{j=1}^{N}\sigma_i^{2(N-j)/N}\sigma_l^{2(j-1)/N}}",
    ],
    "infinite-operator-trace": [
        "tr(Sigma**2) + sum(i<l, (sigma[i]**2-sigma[l]**2)/log(sigma[i]/sigma[l]))",
        r"\operatorname{tr}(\Sigma^2)+\sum_{i<l}\frac{\sigma_i^2-\sigma_l^2}{\log(\sigma_i/\sigma_l)}",
    ],
    "infinite-log-volume-density": [
        "log(van(2*log(Sigma))) - log(det(Sigma)) - log(van(Sigma**2))",
        r"-\log\det\Sigma+\sum_{i<l}\log\frac{2(\log\sigma_i-\log\sigma_l)}{\sigma_i^2-\sigma_l^2}",
    ],
    "squared-norm": [
        "tr(Sigma**2)",
        r"\sum_i\sigma_i^2",
        "tr(Sigma)**2-2*sum(i<l, sigma[i]*sigma[l])",
    ],
    "gram-eigenvalue": [
        "sigma[i]**(2/N) + sigma[l]**(2/N) - 2*(sigma[i]*sigma[l])**(1/N)*cos(m*pi/N)",
        r"(\sigma_i^{1/N}-\sigma_l^{1/N})^2"
        r"+2\sigma_i^{1/N}\sigma_l^{1/N}\left(1-\cos\frac{\pi m}{N}\right)",
    ],
    "ball-volume": [
        "N**(d*(d+1)/2)*pi**(d**2/2)/Gamma(d**2/2+1)",
        r"\frac{2N^{d(d+1)/2}\pi^{d^2/2}}{d^2\,\Gamma(d^2/2)}",
    ],
    "submersion-ball-volume": [
        "N**(d/2)*pi**(d**2/2)/Gamma(1+d**2/2)",
        r"\frac{N^{d/2}\pi^{\frac{d^2}{2}}}{\Gamma\left(\frac{d^2}{2}+1\right)}",
    ],
    "submersion-metric-trace": [
        f"sum(i, l, 1/{GEOMETRIC})",
        r"\frac1N\sum_i\sigma_i^{\frac2N-2}"
        r"+2\sum_{i<l}\frac{\sigma_i^{2/N}-\sigma_l^{2/N}}{\sigma_i^2-\sigma_l^2}",
    ],
    "submersion-log-volume-density": [
        "(1/N-1)*sum(i, log(sigma[i])) - d/2*log(N) + log(van(Sigma**(2/N))) - log(van(Sigma**2))",
        r"\Bigl(\frac1N-1\Bigr)\log\det\Sigma-\frac d2\log N+\sum_{i<l}\log"
        r"\frac{\sigma_i^{2/N}-\sigma_l^{2/N}}{\sigma_i^2-\sigma_l^2}",
    ],
    "volume-gradient": [
        "(1/N-1)/sigma[i] + sum(l!=i, 2/N*sigma[i]**(2/N-1)/(sigma[i]**(2/N)-sigma[l]**(2/N))"
        " - 2*sigma[i]/(sigma[i]**2-sigma[l]**2))",
        r"\frac{1-N}{N\sigma_i}-\frac{2}{\sigma_i}\sum_{l=1,\ l\ne i}^{d}\left("
        r"\frac{\sigma_i^2}{\sigma_i^2-\sigma_l^2}-\frac{\sigma_i^{2/N}}"
        r"{N(\sigma_i^{2/N}-\sigma_l^{2/N})}\right)",
    ],
    "entropy-gradient": [
        "sum(l!=i, sigma[i]/(sigma[i]**2-sigma[l]**2)"
        " - sigma[i]**(2/N-1)/(sigma[i]**(2/N)-sigma[l]**(2/N))/N)",
        r"\sum_{l\ne i}\left(\frac{\sigma_i}{\sigma_i^2-\sigma_l^2}-\frac1N"
        r"\frac{\sigma_i^{2/N-1}}{\sigma_i^{2/N}-\sigma_l^{2/N}}\right)",
    ],
    "factors-squared-norm": ["N*tr(Sigma**(2/N))", r"\sum_{j=1}^N\sum_i\sigma_i^{2/N}"],
    "log-volume-density": [
        "(1/N-1)*sum(i, log(sigma[i])) + d*(d-1)/2*log(N)"
        " + log(van(Sigma**(2/N))) - log(van(Sigma**2))",
        r"\Bigl(\frac1N-1\Bigr)\log\det\Sigma+\sum_{i<l}\log\Bigl("
        r"N\frac{\sigma_i^{2/N}-\sigma_l^{2/N}}{\sigma_i^2-\sigma_l^2}\Bigr)",
    ],
    "metric-entry": [
        f"N/{GEOMETRIC}",
        r"\frac{N(\sigma_i^{2/N}-\sigma_l^{2/N})}{\sigma_i^2-\sigma_l^2}",
    ],
    "submersion-metric-entry": [
        f"1/{GEOMETRIC}",
        r"\frac{\sigma_i^{2/N}-\sigma_l^{2/N}}{\sigma_i^2-\sigma_l^2}",
    ],
    "submersion-metric-determinant": [
        f"prod(i, l, 1/{GEOMETRIC})",
        r"N^{-d}\det(\Sigma)^{\frac2N-2}\left(\frac{\operatorname{van}(\Sigma^{2/N})}"
        r"{\operatorname{van}(\Sigma^2)}\right)^2",
    ],
    "submersion-volume-density": [
        "N**(-d/2) * det(Sigma)**(1/N-1) * van(Sigma**(2/N))/van(Sigma**2)",
        rf"\prod_{{i,l=1}}^{{d}}\left({GEOMETRIC_TEX}\right)^{{-1/2}}",
    ],
    "submersion-volume-form": [
        "N**(-d/2) * det(Sigma)**(1/N-1) * van(Sigma**(2/N))",
        r"\prod_{i=1}^d\frac{\sigma_i^{\frac1N-1}}{\sqrt N}"
        r"\prod_{i<l}(\sigma_i^{2/N}-\sigma_l^{2/N})",
    ],
    "orbit-squared": [
        "van(Sigma**2)/van(Sigma**(2/N))",
        rf"\prod_{{i<l}}{GEOMETRIC_TEX}",
    ],
    "manifold-gram": [
        "2**((N-1)*d*(d-1)/2)*N**(-d)*det(Sigma)**(2/N-2)*van(Sigma**2)*van(Sigma**(2/N))",
        r"\frac{2^{\frac{(N-1)d(d-1)}{2}}}{N^d}\prod_i\sigma_i^{\frac2N-2}"
        r"\prod_{i<l}(\sigma_i^2-\sigma_l^2)(\sigma_i^{2/N}-\sigma_l^{2/N})",
    ],
    "infinite-metric-entry": [
        "(log(sigma[i]**2) - log(sigma[l]**2))/(sigma[i]**2 - sigma[l]**2)",
        r"\frac{2\log\sigma_i-2\log\sigma_l}{\sigma_i^2-\sigma_l^2}",
    ],
    "metric-determinant": [
        f"prod(i, l, N/{GEOMETRIC})",
        rf"\prod_{{i,l=1}}^{{d}}\frac{{N}}{{{GEOMETRIC_TEX}}}",
        "N**(d*(d-1)) * det(Sigma)**(2/N-2) * (van(Sigma**(2/N))/van(Sigma**2))**2",
        "prod(i, prod(l, sigma[i]**(1/N-1)*sigma[l]**(1/N-1))**(1/d))"
        "*prod(i!=l, N*(sigma[i]**(2/N)-sigma[l]**(2/N))/(sigma[i]**2-sigma[l]**2))",
    ],
    "volume-density": [
        "N**(d*(d-1)/2) * det(Sigma)**(1/N-1) * van(Sigma**(2/N))/van(Sigma**2)",
        r"N^{\frac{d(d-1)}2}\det(\Sigma)^{\frac1N-1}\frac{\operatorname{van}(\Sigma^{2/N})}"
        r"{\operatorname{van}(\Sigma^2)}",
        f"sqrt(prod(i, l, N/{GEOMETRIC}))",
    ],
    "volume-form": [
        "N**(d*(d-1)/2) * det(Sigma**2)**((1-N)/(2*N)) * van(Sigma**(2/N))",
        r"N^{\frac{d(d-1)}{2}}\det(\Sigma^{2})^{\frac{1-N}{2N}}\operatorname{van}(\Sigma^{2/N})",
        r"N^{d(d-1)/2}\prod_{i}\sigma_i^{\frac1N-1}\prod_{i<l}(\sigma_i^{2/N}-\sigma_l^{2/N})",
        "exp(d*(d-1)/2*log(N) + (1/N-1)*tr(log(Sigma))"
        " + sum(i<l, log(sigma[i]**(2/N)-sigma[l]**(2/N))))",
    ],
    "svd-jacobian": [
        "van(Sigma**2)",
        r"\prod_{1\le i<j\le d}(\sigma_i^2-\sigma_j^2)",
        r"\left|\prod_{i<j}(\sigma_j^2-\sigma_i^2)\right|",
        "prod(i<l, sigma[i]-sigma[l])*prod(i<l, sigma[i]+sigma[l])",
        "sqrt(prod(i<l, sigma[i]**2-sigma[l]**2)**2)",
    ],
    "orbit-volume": [
        "c(d)**(N-1) * sqrt(van(Sigma**2)/van(Sigma**(2/N)))",
        rf"c_d^{{N-1}}\sqrt{{{RATIO_TEX}}}",
        f"c(d)**(N-1) * prod(i<l, {GEOMETRIC})**(1/2)",
    ],
    "entropy": [
        "(N-1)*log(c(d)) + log(van(Sigma**2)/van(Sigma**(2/N)))/2",
        rf"(N-1)\log(c_d)+\frac12\log\left({RATIO_TEX}\right)",
        "log(c(d))*(N-1) + sum(i<l, log(sigma[i]**2-sigma[l]**2)"
        "-log(sigma[i]**(2/N)-sigma[l]**(2/N)))/2",
    ],
    "infinite-eigenvalue": [
        "(sigma[i]**2 - sigma[l]**2)/(log(sigma[i]**2) - log(sigma[l]**2))",
        r"\frac{\sigma_i^2-\sigma_l^2}{\log\sigma_i^2-\log\sigma_l^2}",
    ],
    "infinite-metric-determinant": [
        "(van(log(Sigma**2))/van(Sigma**2))**2/det(Sigma**2)",
        r"\det(\Sigma^2)^{-1}\prod_{i\ne l}\frac{\log\sigma_i^2-\log\sigma_l^2}"
        r"{\sigma_i^2-\sigma_l^2}",
    ],
    "infinite-volume-density": [
        "van(log(Sigma**2))/(det(Sigma)*van(Sigma**2))",
        r"\frac{\operatorname{van}(\log\Sigma^2)}{\det(\Sigma)\operatorname{van}(\Sigma^2)}",
    ],
    "infinite-volume-form": [
        "det(Sigma**2)**(-1/2) * van(log(Sigma**2))",
        r"\det(\Sigma^2)^{-\frac12}\operatorname{van}(\log\Sigma^2)",
    ],
}

MISSING_N = "off by a factor N^{d(d-1)/2}, which is missing"
SQUARE = "the square of the right value: a root is missing"
D, V = "det(Sigma**2)**((1-N)/(2*N))", "van(Sigma**(2/N))"
NP = "N**(d*(d-1)/2)"
WRONG = [
    # sums: a factor, an exponent, pairs once or twice
    ("operator-trace", f"sum(i, l, {GEOMETRIC})", "off by a factor N", (2, 1)),
    ("operator-trace", f"sum(i<=l, {GEOMETRIC})/N", "another range of the indices", (1, 2)),
    ("submersion-operator-trace", f"sum(i, l, {GEOMETRIC})/N", "off by a factor N", (2, 1)),
    ("metric-trace", f"sum(i, l, 1/{GEOMETRIC})", "off by a factor N", (2, 1)),
    ("squared-norm", "tr(Sigma)", "sigma in place of sigma^2", (1, 1)),
    ("squared-norm", "2*tr(Sigma**2)", "off by a factor 2", (1, 1)),
    ("factors-squared-norm", "tr(Sigma**(2/N))", "off by a factor N", (2, 1)),
    ("factors-squared-norm", "N*tr(Sigma**(1/N))", "sigma in place of sigma^2", (1, 1)),
    (
        "log-volume-density",
        "(1/N-1)*sum(i, log(sigma[i])) + log(van(Sigma**(2/N))) - log(van(Sigma**2))",
        "off by log(N^{d(d-1)/2})",
        (2, 2),
    ),
    (
        "gram-eigenvalue",
        "sigma[i]**(2/N) + sigma[l]**(2/N) + 2*(sigma[i]*sigma[l])**(1/N)*cos(m*pi/N)",
        "a wrong sign",
        (3, 2),
    ),
    (
        "gram-eigenvalue",
        "sigma[i]**(2/N) + sigma[l]**(2/N) - 2*(sigma[i]*sigma[l])**(1/N)*cos(2*m*pi/N)",
        None,
        (2, 2),
    ),
    ("gram-eigenvalue", "sigma[i]**(2/N) + sigma[l]**(2/N)", None, (3, 2)),
    # the volume of a ball
    ("ball-volume", "N**(d*(d-1)/2)*pi**(d**2/2)/Gamma(d**2/2+1)", "off by a factor N^d", (2, 1)),
    ("ball-volume", "N**(d/2)*pi**(d**2/2)/Gamma(d**2/2+1)", "off by a factor N^{d^2/2}", (2, 1)),
    ("ball-volume", "N**(d*(d+1)/2)*pi**(d**2/2)/Gamma(d**2/2)", None, (1, 1)),
    ("ball-volume", "N**(d*(d+1)/2)*pi**(d/2)/Gamma(d/2+1)", None, (1, 2)),
    ("ball-volume", "N**(d*(d+1)/2)", None, (1, 1)),
    ("submersion-ball-volume", "N**d*pi**(d**2/2)/Gamma(d**2/2+1)", "off by a factor", (2, 1)),
    # the volume form: the catalogue's wrong variants, and what the slides print
    ("volume-form", f"{D}*{V}", MISSING_N, (2, 2)),
    (
        "volume-form",
        r"\det(\Sigma^2)^{\frac{1-N}{2N}}\mathrm{van}(\Sigma^{2/N})",
        MISSING_N,
        (2, 2),
    ),
    ("volume-form", f"N**(d*(d-1))*{D}*{V}", "N^{d(d-1)/2}, which should not be there", (2, 2)),
    ("volume-form", f"{NP}*det(Sigma**2)**((N-1)/(2*N))*{V}", "an inverted factor", (2, 1)),
    ("volume-form", f"{NP}*det(Sigma**2)**((1-N)/N)*{V}", "a missing root", (2, 1)),
    ("volume-form", f"{NP}*det(Sigma)**((1-N)/(2*N))*{V}", "sigma in place of sigma^2", (2, 1)),
    ("volume-form", f"{NP}*{D}*van(Sigma**(1/N))", "should be van(Sigma**(2/N))", (1, 2)),
    ("volume-form", f"{NP}*{D}*van(Sigma**2)", "sigma in place of sigma^(1/N)", (2, 2)),
    ("volume-form", f"{D}*van(Sigma**2)", "; and " + MISSING_N, (2, 2)),
    (
        "volume-form",
        f"{NP}*{D}*prod(i<j, sigma[j]**(2/N)-sigma[i]**(2/N))",
        "wrong sign for d = 2, 3 mod 4",
        (1, 2),
    ),
    ("volume-form", f"({NP}*{D}*{V})**2", SQUARE, (1, 2)),
    ("volume-form", f"sqrt({NP}*{D}*{V})", "the square root of the right value", (1, 2)),
    ("volume-form", f"{NP}/({D}*{V})", "the inverse of the right value; and", (1, 2)),
    ("volume-form", f"{NP}*{D}*{V}+1", None, (1, 1)),
    # the Jacobian
    ("svd-jacobian", "van(Sigma)", "sigma in place of sigma^2 throughout", (1, 2)),
    ("svd-jacobian", "van(Sigma**2)**2", SQUARE, (1, 2)),
    ("svd-jacobian", "prod(i<l, sigma[i]**2+sigma[l]**2)", "a wrong sign", (1, 2)),
    ("svd-jacobian", "det(Sigma)*van(Sigma**2)", "a superfluous factor: det(Sigma)", (1, 1)),
    (
        "svd-jacobian",
        r"\prod_{i<j}(\sigma_j^2-\sigma_i^2)",
        "wrong sign for d = 2, 3 mod 4",
        (1, 2),
    ),
    ("svd-jacobian", "6*van(Sigma**2)", "off by a factor 6, which should not be there", (1, 1)),
    ("svd-jacobian", "van(Sigma**2)*2/3", "off by a factor 2 / 3", (1, 1)),
    ("volume-form", f"{NP}*{V}", "a factor det(Sigma)^{1-1/N}, which should not be there", (2, 1)),
    ("svd-jacobian", "-van(Sigma**2)", "the negative of the right value", (1, 1)),
    # the orbit: without the root, as the slides print it
    ("orbit-volume", "c(d)**(N-1)*van(Sigma**2)/van(Sigma**(2/N))", SQUARE, (2, 2)),
    ("orbit-volume", rf"c_d^{{N-1}}{RATIO_TEX}", SQUARE, (2, 2)),
    (
        "orbit-volume",
        "sqrt(van(Sigma**2)/van(Sigma**(2/N)))",
        "c_d^{N-1}, which is missing",
        (2, 1),
    ),
    (
        "orbit-volume",
        "c(d)**N*sqrt(van(Sigma**2)/van(Sigma**(2/N)))",
        "c_d, which should not be there",
        (1, 1),
    ),
    ("orbit-volume", "c(d)**(N-1)*sqrt(van(Sigma**(2/N))/van(Sigma**2))", "the inverse of", (2, 2)),
    (
        "orbit-volume",
        "c(d)**(N-1)*sqrt(N**(-d*(d-1)/2)*van(Sigma**2)/van(Sigma**(2/N)))",
        "N^{d(d-1)/4}, which is missing",
        (2, 2),
    ),
    ("orbit-volume", "c(d)**(N-1)*sqrt(van(Sigma)/van(Sigma**(1/N)))", "sigma in place of", (2, 2)),
    (
        "entropy",
        "(N-1)*log(c(d)) + log(van(Sigma**2)/van(Sigma**(2/N)))",
        "a root is missing",
        (2, 2),
    ),
    (
        "entropy",
        "log(van(Sigma**2)/van(Sigma**(2/N)))/2",
        "log(c_d^{N-1}), which is missing",
        (2, 1),
    ),
    (
        "orbit-volume",
        "(-1)**(d*(d-1)/2)*c(d)**(N-1)*sqrt(van(Sigma**2)/van(Sigma**(2/N)))",
        "wrong sign for d = 2, 3 mod 4",
        (1, 2),
    ),
    # eigenvalues
    ("eigenvalue", GEOMETRIC, "off by a factor N, which should not be there", (2, 1)),
    (
        "eigenvalue",
        GEOMETRIC.replace("j-1", "j") + "/N",
        "sigma_l^{2/N}, which should not be there",
        (1, 1),
    ),
    ("eigenvalue", GEOMETRIC.replace("**2", "") + "/N", "sigma in place of sigma^2", (2, 1)),
    (
        "eigenvalue",
        "(sigma[i]**2-sigma[l]**2)/(N*(sigma[i]**(1/N)-sigma[l]**(1/N)))",
        "should be sigma[i]**(2/N) - sigma[l]**(2/N)",
        (1, 2),
    ),
    ("eigenvalue", "sigma[i]**(2-2/N)", None, (2, 2)),
    (
        "eigenvalue",
        f"{GEOMETRIC}/N*abs(sigma[i]-sigma[l])/(sigma[i]-sigma[l])",
        "a missing absolute value: sigma[i] - sigma[l]",
        (1, 2),
    ),
    # what papers use beside these
    ("metric-entry", f"1/{GEOMETRIC}", "off by a factor N, which is missing", (2, 1)),
    ("metric-entry", f"{GEOMETRIC}/N", "the inverse of the right value", (2, 1)),
    ("submersion-metric-entry", f"N/{GEOMETRIC}", "N, which should not be there", (2, 1)),
    (
        "submersion-metric-determinant",
        "N**(-d**2)*det(Sigma)**(2/N-2)*(van(Sigma**(2/N))/van(Sigma**2))**2",
        "off by a factor N^{d(d-1)}, which is missing",
        (2, 2),
    ),
    ("submersion-volume-density", f"sqrt(prod(i, l, N/{GEOMETRIC}))", "N^{d^2/2}", (2, 1)),
    ("submersion-volume-form", f"{NP}*{D}*{V}", "off by a factor N^{d^2/2}", (2, 1)),
    ("orbit-squared", "sqrt(van(Sigma**2)/van(Sigma**(2/N)))", "the square root of", (2, 2)),
    ("orbit-squared", "van(Sigma**(2/N))/van(Sigma**2)", "the inverse of", (2, 2)),
    (
        "manifold-gram",
        "2**(N*d*(d-1)/2)*N**(-d)*det(Sigma)**(2/N-2)*van(Sigma**2)*van(Sigma**(2/N))",
        "off by a factor 2^{d(d-1)/2}, which should not be there",
        (1, 2),
    ),
    (
        "infinite-metric-entry",
        "log(sigma[i]/sigma[l])/(sigma[i]**2-sigma[l]**2)",
        "off by a factor 2, which is missing",
        ("inf", 2),
    ),
    ("submersion-eigenvalue", f"{GEOMETRIC}/N", "off by a factor N, which is missing", (2, 1)),
    # the determinant
    ("metric-determinant", f"prod(i, l, {GEOMETRIC}/N)", "the inverse of the right value", (2, 1)),
    ("metric-determinant", f"prod(i<=l, N/{GEOMETRIC})", "another range of the indices", (2, 2)),
    ("metric-determinant", f"prod(i, l, 1/{GEOMETRIC})", "which is missing", (2, 1)),
    (
        "volume-density",
        "N**(d*(d-1))*det(Sigma)**(2/N-2)*van(Sigma**(2/N))**2/van(Sigma**2)**2",
        SQUARE,
        (2, 1),
    ),
    # infinite depth
    (
        "infinite-eigenvalue",
        "(sigma[i]**2-sigma[l]**2)/log(sigma[i]/sigma[l])",
        "a factor 2",
        ("inf", 2),
    ),
    ("infinite-eigenvalue", "(sigma[i]**2+sigma[l]**2)/2", None, ("inf", 2)),
    (
        "infinite-volume-form",
        "van(log(Sigma))/det(Sigma)",
        "2^{d(d-1)/2}, which is missing",
        ("inf", 2),
    ),
    ("infinite-volume-form", "van(log(Sigma**2))/det(Sigma**2)", "", ("inf", 1)),
]

POWER = r"\prod_{i=1}^d\sigma_i^{\frac1N-1}"
QUOTIENT = r"\frac{\sigma_i^{2/N}-\sigma_l^{2/N}}{\sigma_i^2-\sigma_l^2}"
MEAN = r"\frac1N\sum_{j=1}^N\sigma_i^{\frac{2(N-j)}N}\sigma_l^{\frac{2(j-1)}N}"
FORMS = [
    *(
        ("svd-jacobian", text)
        for text in (
            r"\prod_{i=1}^{d-1}\prod_{j=i+1}^d (\sigma_i^2-\sigma_j^2)",
            r"\prod_{i=1}^d\prod_{j>i}(\sigma_i^2-\sigma_j^2)",
            r"\prod_{i=1}^d\prod_{j<i}(\sigma_j^2-\sigma_i^2)",
            r"\prod_{i=1}^d\prod_{j=1}^{i-1}(\sigma_j^2-\sigma_i^2)",
            r"\prod_{j=2}^d\prod_{i=1}^{j-1}(\sigma_i^2-\sigma_j^2)",
            r"\sqrt{\prod_{i=1}^d\prod_{j\neq i}|\sigma_i^2-\sigma_j^2|}",
            r"\prod_{i=1}^d\sqrt{\prod_{j\neq i}|\sigma_i^2-\sigma_j^2|}",
            r"\prod_{i=1}^d\Bigl(\prod_{j\neq i}|\sigma_i^2-\sigma_j^2|\Bigr)^{1/2}",
            r"\prod_{\substack{i,j=1\\ i<j}}^{d}(\sigma_i^2-\sigma_j^2)",
            r"\prod_{i,j=1,\,i<j}^{d}(\sigma_i^2-\sigma_j^2)",
            r"\prod_{1\le i,j\le d,\ i\ne j}\lvert\sigma_i^2-\sigma_j^2\rvert^{\frac12}",
            r"\prod_{i<j} \left\vert\sigma_i^2-\sigma_j^2\right\vert",
            r"\exp\Bigl(\sum_{i=1}^d\sum_{j>i}\log(\sigma_i^2-\sigma_j^2)\Bigr)",
            r"\exp\Bigl(\sum_{i=1}^d\log\prod_{j>i}(\sigma_i^2-\sigma_j^2)\Bigr)",
            r"\exp\Bigl(\sum_{i=1}^d\frac12\sum_{j\ne i}\log|\sigma_i^2-\sigma_j^2|\Bigr)",
            r"\mathrm{van}(\Sigma\Sigma^\top)",
            r"\mathrm{van}(\Sigma^T\Sigma)",
            r"{\rm van}(\boldsymbol{\Sigma}^2)",
            r"\mathop{\mathrm{van}}(\Sigma^2)",
            r"\begin{equation}\mathrm{van}(\Sigma^2).\end{equation}",
            "prod(i, 1, d-1, prod(l, i+1, d, sigma[i]**2 - sigma[l]**2))",
            "prod(i, prod(l>i, sigma_i^2 - sigma_l^2))",
            "prod(1<=i<j<=d, sigma_i**2 - sigma_j**2)",
            "det(Sigma)**(2*(d-1)) * van(-Sigma**(-2))",
            "det(Sigma)**(d-1) * prod(i<l, sigma[i]/sigma[l] - sigma[l]/sigma[i])",
        )
    ),
    (
        "volume-form",
        rf"{POWER}\prod_{{i=1}}^{{d-1}}\prod_{{l=i+1}}^dN(\sigma_i^{{2/N}}-\sigma_l^{{2/N}})",
    ),
    ("volume-form", r"N^{\binom d2}|\Sigma|^{\frac{1}{N}-1}\mathrm{van}(\Sigma^{\frac 2N})"),
    (
        "volume-form",
        r"N^{d(d-1)/2}e^{\frac{1-N}{N}\mathrm{tr}\log\Sigma}\mathrm{van}(\Sigma^{2/N})",
    ),
    (
        "volume-form",
        rf"\mathrm{{van}}(\Sigma^2)\Bigl(\prod_{{i=1}}^d\prod_{{l=1}}^d{MEAN}\Bigr)^{{-1/2}}",
    ),
    (
        "metric-determinant",
        rf"\prod_{{i=1}}^d\left(\sigma_i^{{\frac2N-2}}\prod_{{l\neq i}}N{QUOTIENT}\right)",
    ),
    (
        "metric-determinant",
        rf"\exp\left(-\sum_{{i=1}}^d\sum_{{l=1}}^d\log\left({MEAN}\right)\right)",
    ),
    ("orbit-volume", "prod(k, 2, N, c(d)) * sqrt(van(Sigma**2)/van(Sigma**(2/N)))"),
    ("entropy", "sum(k, 1, N-1, log(c_d)) + log(van(Sigma**2)/van(Sigma**(2/N)))/2"),
    (
        "entropy",
        r"(N-1)\log c_d+\frac14\sum_{i=1}^{d}\sum_{l\ne i}\log"
        r"\frac{\sigma_i^2-\sigma_l^2}{\sigma_i^{2/N}-\sigma_l^{2/N}}",
    ),
    ("eigenvalue", r"\frac{1}{N}\sum_{1\le j\le N}\sigma_i^{2(N-j)/N}\sigma_l^{2(j-1)/N}"),
    (
        "infinite-volume-form",
        r"|\Sigma|^{-1}\prod_{i=1}^d\prod_{j>i}\log\frac{\sigma_i^2}{\sigma_j^2}",
    ),
]

NP_TEX = r"N^{d(d-1)/2}"
VAN_TEX = r"\operatorname{van}(\Sigma^{2/N})"
ROOT_TEX = r"\sqrt{\frac{\operatorname{van}(\Sigma^2)}{\operatorname{van}(\Sigma^{2/N})}}"
LOG_TEX = r"\log\frac{\sigma_i}{\sigma_l}"

WRITTEN = [
    # target, right, wrong
    (
        "volume-form",
        "N^(d(d-1)/2) det(Sigma^2)^((1-N)/(2N)) van(Sigma^(2/N))",
        "N^(d(d-1)) det(Sigma^2)^((1-N)/(2N)) van(Sigma^(2/N))",
    ),
    ("svd-jacobian", "2N van(Sigma^2)/(2 N)", "2N van(Sigma^2)/(N N)"),
    ("squared-norm", r"\norm{W}_F^2\abs{-1}", r"\norm{W}_F^2\abs{-2}"),
    ("entropy", rf"S(W) = (N-1)\log c_d+\log{ROOT_TEX}", rf"S(W) = N\log c_d+\log{ROOT_TEX}"),
    (
        "eigenvalue",
        r"\frac1N\frac{\sigma_i^2-\sigma_j^2}{\sigma_i^{2/N}-\sigma_j^{\nicefrac{2}{N}}}",
        r"\frac1N\frac{\sigma_i^2-\sigma_j^2}{\sigma_i^{1/N}-\sigma_j^{1/N}}",
    ),
    (
        "eigenvalue",
        r"\frac1L\sum_{l=1}^{L}\sigma_k^{2(L-l)/L}\sigma_m^{2(l-1)/L}",
        r"\frac1L\sum_{l=1}^{L}\sigma_k^{2(L-l)/L}\sigma_m^{2l/L}",
    ),
    (
        "volume-form",
        r"L^{\frac{n(n-1)}{2}}\prod_{i=1}^n s_i^{\frac1L-1}"
        r"\prod_{1\le i<j\le n}(s_i^{2/L}-s_j^{2/L})",
        r"L^{\frac{n(n-1)}{2}}\prod_{i=1}^n s_i^{\frac1L-1}"
        r"\prod_{1\le i<j\le n}(s_i^{2/L}+s_j^{2/L})",
    ),
    ("eigenvalue", "(s_i^2 - s_j^2)/(N (s_i^(2/N) - s_j^(2/N)))", "(s_i^2 - s_j^2)/(N(s_i - s_j))"),
    *(
        ("volume-form", rf"{NP_TEX}{power}{VAN_TEX}", rf"{NP_TEX}{wrong}{VAN_TEX}")
        for power, wrong in (
            (r"\det(WW^T)^{\frac{1-N}{2N}}", r"\det(WW^T)^{\frac{1-N}{N}}"),
            (r"\det(W^\top W)^{\frac1{2N}-\frac12}", r"\det(W^\top W)^{\frac1N-1}"),
            (r"\det\bigl(W\,W^{\mathsf{T}}\bigr)^{\frac{1-N}{2N}}", r"\det(W\,W^{\intercal})"),
            (r"|\det W|^{\frac1N-1}", r"|\det W|^{1-\frac1N}"),
            (r"(\sigma_1\cdots\sigma_d)^{\frac1N-1}", r"(\sigma_1^2\cdots\sigma_d^2)^{\frac1N-1}"),
        )
    ),
    (
        "volume-form",
        rf"{NP_TEX}\det(\Sigma)^{{\frac1N-1}}V(\Sigma^{{2/N}})",
        rf"{NP_TEX}V(\Sigma^{{2/N}})",
    ),
    ("svd-jacobian", r"\Delta(\sigma_1^2,\dots,\sigma_d^2)", r"\Delta(\sigma_1,\dots,\sigma_d)"),
    ("svd-jacobian", "V(Sigma^2)", "V(Sigma)"),
    (
        "infinite-eigenvalue",
        rf"\sigma_i\sigma_l\frac{{\sinh({LOG_TEX})}}{{{LOG_TEX}}}",
        rf"\sigma_i\sigma_l\frac{{\sinh({LOG_TEX})}}{{2{LOG_TEX}}}",
    ),
    (
        "eigenvalue",
        rf"\frac1N(\sigma_i\sigma_l)^{{\frac{{N-1}}N}}\frac{{\sinh({LOG_TEX})}}{{\sinh(\frac1N{LOG_TEX})}}",
        rf"\frac1N(\sigma_i\sigma_l)^{{\frac{{N-1}}N}}\frac{{\sinh({LOG_TEX})}}{{\sinh(\frac2N{LOG_TEX})}}",
    ),
    (
        "infinite-eigenvalue",
        rf"\frac{{\sigma_i^2+\sigma_l^2}}2\frac{{\tanh({LOG_TEX})}}{{{LOG_TEX}}}",
        rf"\frac{{\sigma_i^2+\sigma_l^2}}2\frac{{\coth({LOG_TEX})}}{{{LOG_TEX}}}",
    ),
    (
        "eigenvalue",
        "sigma_i*sigma_l*cosh(log(sigma_i/sigma_l)) tanh(log(sigma_i/sigma_l))"
        " csch(log(sigma_i/sigma_l)/N) (sigma_i sigma_l)^(-1/N)/N",
        "sigma_i*sigma_l*sech(log(sigma_i/sigma_l))",
    ),
    *(
        ("orbit-volume", rf"{volume}^{{N-1}}{ROOT_TEX}", rf"{volume}^{{N}}{ROOT_TEX}")
        for volume in (
            r"\operatorname{vol}(O_d)",
            r"\mathrm{Vol}\left(\mathrm{O}(d)\right)",
            r"|O_d|",
            r"\operatorname{vol}(O_n)",
        )
    ),
    (
        "orbit-volume",
        "vol(O(d))^(N-1) sqrt(van(Sigma^2)/van(Sigma^(2/N)))",
        "vol(O(d))^(N-1) van(Sigma^2)/van(Sigma^(2/N))",
    ),
    (
        "metric-determinant",
        r"\prod_{i,l=1}^d\frac{1}{\lambda_{il}}",
        r"\prod_{i,l=1}^d\lambda_{il}",
    ),
    (
        "volume-form",
        r"\sqrt{\prod_{i,j=1}^d\lambda_{i,j}^{-1}}\operatorname{van}(\Sigma^2)",
        r"\prod_{i,j=1}^d\lambda_{i,j}^{-1}\operatorname{van}(\Sigma^2)",
    ),
    ("svd-jacobian", "prod_{i<l} (sigma_i^2-sigma_l^2)", "prod_{i<l} (sigma_i-sigma_l)"),
    (
        "eigenvalue",
        "(1/N) sum_{j=1}^N (sigma_i^2)^((N-j)/N)(sigma_l^2)^((j-1)/N)",
        "(1/N) sum_{j=1}^N (sigma_i^2)^((N-j)/N)(sigma_l^2)^(j/N)",
    ),
    (
        "infinite-eigenvalue",
        "(sigma_i^2-sigma_l^2)/(log sigma_i^2-log sigma_l^2)",
        "(sigma_i^2-sigma_l^2)/(log sigma_i-log sigma_l)",
    ),
]  # fmt: skip
"""As papers write them, and terminals: the target, a right formula, and a wrong one."""
