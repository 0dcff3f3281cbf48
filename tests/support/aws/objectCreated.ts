/** As S3 sends it. https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
export function objectCreated(key: string, { bucket = "videos-bucket", size = 5_000_000, reason = "PutObject" } = {}) {
  return {
    "version": "0",
    "id": "17793124-05d4-b198-2fde-7ededc63b103",
    "detail-type": "Object Created",
    "source": "aws.s3",
    "account": "111122223333",
    "time": "2021-11-12T00:00:00Z",
    "region": "ca-central-1",
    "resources": [`arn:aws:s3:::${bucket}`],
    "detail": {
      "version": "0",
      "bucket": { name: bucket },
      "object": { key, size, etag: "b1946ac92492d2347c6235b4d2611184", sequencer: "617f08299329d189" },
      "request-id": "N4N7GDK58NMKJ12R",
      "requester": "123456789012",
      "source-ip-address": "1.2.3.4",
      reason,
    },
  };
}
