/** What stands among the fields that a check needs, and among those that records lack, where a store lowered their texts. */
export const CAPITALS = 'capital letters';
