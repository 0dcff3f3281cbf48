// One file of tests, because the programs that all of them look at take longer to evaluate than to look at.
import "./definitionsSuite";
import "./optionsSuite";
import "./permissionsSuite";
import "./resourcePoliciesSuite";
import "./rulesSuite";
