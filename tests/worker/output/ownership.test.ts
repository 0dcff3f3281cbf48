import { describeOwnership } from "./describeOwnership";

describeOwnership(0.2);
