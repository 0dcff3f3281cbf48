import { describeOwnership } from "./describeOwnership";

describeOwnership(1);
