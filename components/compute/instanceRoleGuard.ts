/**
 * A part of the user data of instances that Batch starts. Their containers share the instance's network, so that no hop limit keeps
 * them from its role. Only root reaches it: the ECS agent and other services of the instance, and containers that run as root. The
 * credentials of jobs are at another address, 169.254.170.2.
 *
 * Boot hooks run at every boot, before Docker starts. This one leaves an existing rule as it is. Where it fails, jobs run all the same.
 * @see https://docs.cloud-init.io/en/latest/explanation/format.html
 */
export const INSTANCE_ROLE_GUARD = `Content-Type: text/cloud-boothook; charset="us-ascii"

#cloud-boothook
#!/bin/sh
set -- OUTPUT --destination 169.254.169.254 --match owner ! --uid-owner 0 --jump REJECT
iptables --wait --check "$@" 2>/dev/null || iptables --wait --insert "$@" || {
  echo "video-batch-pipeline: iptables failed, so all jobs can use the instance's role." >&2
  exit 1
}
`;
