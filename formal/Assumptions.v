(** * What the theorems rest on

    One [Print Assumptions] for each theorem of theorems.json.  Each must answer
    "Closed under the global context": no axiom, no parameter, no gap.  check.py
    compiles this file and counts the answers. *)

From DLN Require Import GeometricSum Tridiagonal Pairs Operator Metric Pushforward Balancedness Submersion Jacobian VolumeForm Orbit Horizontal OrbitVolume Coarea Spectral SVD Roots EveryMatrix Witness.

Print Assumptions geometric_sum.
Print Assumptions lambda_closed_form.
Print Assumptions lambda_difference.
Print Assumptions lambda_coincident.
Print Assumptions lambda_positive.
Print Assumptions lambda_rank_deficient.
Print Assumptions lambda_both_zero.
Print Assumptions det_tridiag_sum.
Print Assumptions det_tridiag.
Print Assumptions det_tridiag_ends.
Print Assumptions prod_lambda.
Print Assumptions volume_algebra_squared.
Print Assumptions volume_algebra.
Print Assumptions operator_spectrum.
Print Assumptions operator_determinant.
Print Assumptions operator_self_adjoint.
Print Assumptions operator_positive.
Print Assumptions Op_invK.
Print Assumptions metric_diagonal.
Print Assumptions metric_determinant.
Print Assumptions dphi_first_order.
Print Assumptions dphi_adjoint.
Print Assumptions above_power.
Print Assumptions below_power.
Print Assumptions product_power_left.
Print Assumptions product_power_right.
Print Assumptions pushforward.
Print Assumptions pushforward_operator.
Print Assumptions balance_tangent_derivative.
Print Assumptions loss_first_variation.
Print Assumptions balancedness_conserved.
Print Assumptions end_to_end_flow.
Print Assumptions singular_value_flow.
Print Assumptions lift_tangent.
Print Assumptions lift_norm.
Print Assumptions lift_minimal.
Print Assumptions lift_minimal_unique.
Print Assumptions riemannian_submersion.
Print Assumptions range_dphi.
Print Assumptions dsvd_first_order.
Print Assumptions svd_jacobian.
Print Assumptions det_twist_sqr.
Print Assumptions svd_jacobian_squared.
Print Assumptions volume_form_squared.
Print Assumptions volume_form.
Print Assumptions factor_balanced.
Print Assumptions factor_product.
Print Assumptions velocity_first_order.
Print Assumptions velocity_tangent.
Print Assumptions dphi_velocity.
Print Assumptions lift_is_velocity.
Print Assumptions orbit_gram_det.
Print Assumptions group_gram_det.
Print Assumptions orbit_volume_squared.
Print Assumptions orbit_volume.
Print Assumptions orbit_vertical.
Print Assumptions balanced_gram_det.
Print Assumptions coarea.
Print Assumptions coarea_volume.
Print Assumptions spectral_theorem.
Print Assumptions svd_exists.
Print Assumptions svd_exists_root.
Print Assumptions psd_root_unique.
Print Assumptions psd_root_exists.
Print Assumptions balanced_root_left.
Print Assumptions balanced_root_right.
Print Assumptions spectrum_of_every_matrix.
Print Assumptions pushforward_every_balanced.
Print Assumptions submersion_every_balanced.
Print Assumptions balanced_factors_exist.
Print Assumptions witness.
