/** A pre-candidate asks whether it would be elected before it raises its term. (Raft dissertation, section 9.6.) */
export type RaftRole = 'follower' | 'pre-candidate' | 'candidate' | 'leader'
