import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import type { ChannelGroup } from "@/api/model";
import { groupsQuery } from "./queries";

function useGroupsChanged() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: groupsQuery.queryKey });
}

export function useCreateGroup() {
  const onSettled = useGroupsChanged();
  return useMutation({
    mutationFn: (group: { name: string; channel_ids: string[] }) =>
      body(api.POST("/api/channel-groups", { body: group })),
    onSettled,
  });
}

export function useChangeGroup() {
  const onSettled = useGroupsChanged();
  return useMutation({
    mutationFn: ({
      id,
      change,
    }: {
      id: string;
      change: { name?: string; channel_ids?: string[]; position?: number };
    }) => body(api.PATCH("/api/channel-groups/{id}", { params: { path: { id } }, body: change })),
    onSettled,
  });
}

export function useDeleteGroup() {
  const onSettled = useGroupsChanged();
  return useMutation({
    mutationFn: ({ id }: ChannelGroup) =>
      body(api.DELETE("/api/channel-groups/{id}", { params: { path: { id } } })),
    onSettled,
  });
}
