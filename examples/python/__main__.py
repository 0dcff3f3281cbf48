"""The pipeline in a Python program. `pulumi package add ../../plugin` generates the SDK that this imports."""

import pulumi
import pulumi_video_batch_pipeline as vbp

videos = vbp.VideoBatchPipeline(
    "videos",
    renditions=[
        {"name": "1080p", "height": 1080},
        {"name": "480p", "height": 480, "preset": "medium"},
    ],
    queues=[
        {"name": "high", "priority": 10},
        {"name": "low", "priority": 1, "capacity_wait_seconds": 7200},
    ],
    compute_environments=[
        {"name": "compute", "type": "SPOT", "on_demand_fallback": True, "max_vcpus": 64},
    ],
    storage={"retain_on_delete": True},
    trigger={"uploads": {"suffixes": [".mp4", ".mov"]}},
    notifications={"email_addresses": ["team@example.com"]},
    tags={"project": "archive"},
)

pulumi.export("state_machine_arn", videos.state_machine_arn)
pulumi.export("bucket_name", videos.bucket_name)
pulumi.export("what_destroy_does", videos.what_destroy_does)
