import { describeExact } from "./describeExact";
import { SOURCES } from "./sources";

describeExact("every picture of the source is at its time, and the sound with it:", SOURCES);
