import { testFaults } from "../runner/faults/faultTable";
import { useLoopbackS3 } from "./loopback";
import { rehearseIn, SENTENCE } from "./playedWorker";

describe("every fault of every step, in S3", () => {
  const s3 = useLoopbackS3();
  testFaults({ rehearse: rehearseIn(s3), sentence: SENTENCE });
});
