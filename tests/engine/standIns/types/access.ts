import { hex, type ResourceType } from "../resourceType";

export const ACCESS: Record<string, ResourceType> = {
  "aws:iam/instanceProfile:InstanceProfile": {
    name: "name",
    uniqueIn: "account",
    replacedBy: ["name", "namePrefix", "path"],
  },
  "aws:iam/policy:Policy": {
    name: "name",
    uniqueIn: "account",
    replacedBy: ["name", "path", "description"],
    idIsArn: true,
  },
  "aws:iam/role:Role": { name: "name", uniqueIn: "account", replacedBy: ["name", "namePrefix", "path"] },
  "aws:iam/rolePolicy:RolePolicy": {
    name: "name",
    uniqueIn: { input: "role" },
    replacedBy: ["name", "namePrefix", "role"],
    id: ({ name, inputs }) => `${String(inputs["role"])}:${name}`,
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": { replacedBy: ["role", "policyArn"] },
  "aws:kms/key:Key": {
    replacedBy: ["keyUsage", "customerMasterKeySpec", "multiRegion"],
    id: () => `${hex(8)}-0000-4000-8000-${hex(12)}`,
    outputs: ({ id }) => ({ keyId: id }),
  },
};
