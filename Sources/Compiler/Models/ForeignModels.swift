/// What estimators, their arguments, metrics and the functions of formulas are called in R and in
/// Python, and what to say to that.
enum ForeignModels {
  /// `RandomForestClassifier`, `linear_regression`, `LassoCV`.
  static func estimator(_ name: String) -> String? {
    var word = name.lowercased().filter { $0 != "_" && $0 != "." }
    for ending in ["classifier", "regressor", "cv"] where word.hasSuffix(ending) {
      word.removeLast(ending.count)
    }
    return estimators.first { $0.names.contains(word[...]) }?.ours
  }

  private static let estimators: [(ours: String, names: [Substring])] = [
    (
      "boosted_trees",
      words(
        """
        lightgbm lgbm lgb xgboost xgb gbm catboost gradientboosting histgradientboosting adaboost
        boosting decisiontree tree rpart cart
        """)
    ),
    ("random_forest", words("rf ranger forest extratrees randomforest")),
    ("linear", words("lm ols wls linearregression leastsquares regression")),
    ("logistic", words("logit logreg logisticregression")),
    ("elastic_net", words("lasso ridge glmnet elasticnet")),
    ("glm", words("poisson gamma negativebinomial negbin nb2 glmnb probit cloglog")),
    ("baseline", words("dummy mean")),
    ("ranker", words("lambdarank lambdamart lgbmranker xgbranker")),
    (
      "naive_bayes",
      words("bayes nb naivebayes gaussiannb multinomialnb bernoullinb categoricalnb")
    ), ("scorecard", words("woe weightofevidence")),
  ]

  private static func words(_ text: String) -> [Substring] {
    text.split { $0 == " " || $0 == "\n" }
  }

  /// Those of ours that a name may mean; no estimator takes all of them.
  static func arguments(_ name: String) -> [String] { argumentNames[name.lowercased()] ?? [] }

  private static let argumentNames: [String: [String]] = [
    "n_estimators": ["rounds"], "num_iterations": ["rounds"], "trees": ["rounds"],
    "nrounds": ["rounds"], "ntree": ["rounds"], "num_trees": ["rounds"], "iterations": ["rounds"],
    "num_boost_round": ["rounds"], "num_leaves": ["leaves"], "max_leaf_nodes": ["leaves"],
    "max_depth": ["depth"], "eta": ["learning_rate"], "shrinkage": ["learning_rate"],
    "lr": ["learning_rate"], "min_data_in_leaf": ["least_rows"],
    "min_samples_leaf": ["least_rows"], "min_child_samples": ["least_rows"],
    "min_samples_split": ["least_rows"], "min_n": ["least_rows"], "nodesize": ["least_rows"],
    "subsample": ["row_share"], "bagging_fraction": ["row_share"], "max_samples": ["row_share"],
    "colsample_bytree": ["feature_share"], "feature_fraction": ["feature_share"],
    "max_features": ["feature_share"], "mtry": ["feature_share"], "reg_alpha": ["l1"],
    "lambda_l1": ["l1"], "reg_lambda": ["l2"], "lambda_l2": ["l2"],
    "class_weight": ["class_weights"], "is_unbalance": ["class_weights"],
    "scale_pos_weight": ["class_weights"], "early_stopping_rounds": ["patience"],
    "early_stopping": ["patience"], "c": ["strength"], "max_bins": ["bins"], "max_bin": ["bins"],
    "objective": ["loss"], "criterion": ["loss"],
    "monotone_constraints": ["increasing", "decreasing"],
    "l1_ratio": ["mix"], "alpha": ["mix", "penalty", "quantile"],
    "lambda": ["penalty", "strength", "l2"], "nlambda": ["steps"], "n_alphas": ["steps"],
    "nfolds": ["folds"], "cv": ["folds"], "cov_type": ["errors"], "vcov": ["errors"],
    "conf_level": ["level"], "exposure": ["offset"], "qid": ["group"], "strategy": ["by"],
  ]

  /// What is no argument of an estimator here but a clause behind it.
  static func clause(_ name: String) -> String? {
    switch name.lowercased() {
    case "weights", "weight", "sample_weight", "freq_weights":
      "it stands behind the estimator: `using linear weight amount`"
    case "random_state", "seed", "random_seed":
      "it stands behind the estimator: `using boosted_trees seed 7`"
    case "cv", "folds", "nfolds": "it stands behind the estimator: `using logistic folds 5`"
    case "data": "the rows come through the pipe: `orders | train ...`"
    default: nil
    }
  }

  static func metric(_ name: String) -> String? {
    switch name.lowercased() {
    case "roc_auc", "roc_auc_score", "auroc": "auc"
    case "pr_auc", "auprc", "aucpr", "average_precision_score", "ap": "average_precision"
    case "logloss", "neg_log_loss", "binary_logloss", "multi_logloss", "cross_entropy", "mlogloss",
      "deviance":
      "log_loss"
    case "brier_score", "brier_score_loss", "neg_brier_score", "brier_class": "brier"
    case "accuracy_score", "acc": "accuracy"
    case "mse", "l2", "mean_squared_error", "neg_mean_squared_error",
      "neg_root_mean_squared_error", "root_mean_squared_error":
      "rmse"
    case "l1", "mean_absolute_error", "neg_mean_absolute_error": "mae"
    case "r2_score", "rsq", "rsquared": "r2"
    case "ndcg", "ndcg_score": "ndcg_at_10"
    default: nil
    }
  }

  static func part(_ name: String) -> String? {
    switch name.lowercased() {
    case "feature_importances_", "feature_importances", "feature_importance", "varimp", "vip":
      "importance"
    case "coef", "coef_", "coefs", "params", "tidy", "intercept_", "beta": "coefficients"
    case "glance", "aic", "bic", "loglik", "rsquared", "deviance", "fit": "summary"
    case "cv_results_", "best_params_", "best_score_": "trials"
    case "evals_result", "evals_result_", "history", "loss_curve_": "curve"
    case "score", "scores", "evaluation", "auc", "accuracy", "rmse": "metrics"
    case "info", "model_card", "params_": "card"
    case "data", "rows", "train": "training"
    default: nil
    }
  }

  /// A function of R's formulas or of patsy's, where no function here has its name.
  static func term(_ name: String) -> String? {
    switch name {
    case "I", "poly", "bs", "ns", "s", "te", "spline", "splines", "np":
      "a term is a column: make powers of it before, `derive x2 = x ^ 2`; `boosted_trees` find "
        + "bends by themselves"
    case "C", "factor", "as_factor", "ordered", "Categorical":
      "a text is a category by itself; of a number `text(x)` makes one"
    case "offset": "it is an argument of the estimator: `using glm(offset = log(exposure))`"
    case "scale", "center", "standardize":
      "leave it out: estimators that need features of one size bring them to it"
    default: nil
    }
  }

  static func family(_ name: String) -> String? {
    switch name.lowercased().filter({ $0 != "_" && $0 != " " && $0 != "-" }) {
    case "negbin", "nb", "negativebinomial", "nb2": "did you mean `\"negative_binomial\"`?"
    case "quasipoisson":
      "write `family = \"poisson\", errors = \"hc0\"`: errors that hold for any spread"
    case "quasibinomial":
      "write `family = \"binomial\", errors = \"hc0\"`: errors that hold for any spread"
    case "normal": "did you mean `\"gaussian\"`?"
    default: nil
    }
  }
}
