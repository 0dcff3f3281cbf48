import { testFaults } from "./faultTable";
import { rehearse } from "./rehearsal";

describe("every fault of every step", () => testFaults({ rehearse }));
