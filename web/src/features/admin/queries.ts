import { infiniteQueryOptions, keepPreviousData, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import { statusQuery } from "@/features/account/session";

const USERS = ["admin", "users"] as const;

/** Everybody with an account on this installation. */
export const usersQuery = (search: string) =>
  infiniteQueryOptions({
    queryKey: [...USERS, search],
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET("/api/admin/users", {
          params: {
            query: { limit: 50, ...(search ? { search } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
          },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: ({ next_cursor }) => next_cursor,
    placeholderData: keepPreviousData,
  });

function useUsersChanged() {
  const queryClient = useQueryClient();
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: USERS }),
      queryClient.invalidateQueries(statusQuery),
    ]);
}

interface UserChange {
  id: string;
  disabled?: boolean;
  is_admin?: boolean;
  two_factor?: false;
}

export function useChangeUser() {
  const onSettled = useUsersChanged();
  return useMutation({
    mutationFn: ({ id, ...change }: UserChange) =>
      body(api.PATCH("/api/admin/users/{id}", { params: { path: { id } }, body: change })),
    onSettled,
  });
}

/** Logs somebody out everywhere and gives them a link to set another password. */
export function useResetUserPassword() {
  const onSettled = useUsersChanged();
  return useMutation({
    mutationFn: (id: string) =>
      body(api.POST("/api/admin/users/{id}/reset-password", { params: { path: { id } } })),
    onSettled,
  });
}
