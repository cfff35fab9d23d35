-- Outcomes of attempts get the names that the field uses.
alter table batch_attempt
    drop constraint batch_attempt_outcome_check;

update batch_attempt
   set outcome = case outcome
                     when 'GIVEN_BACK' then 'RELEASED'
                     when 'DISTURBED' then 'INFRASTRUCTURE_FAILED'
                     when 'LEASE_OVER' then 'LEASE_EXPIRED'
                 end
 where outcome in ('GIVEN_BACK', 'DISTURBED', 'LEASE_OVER');

alter table batch_attempt
    add constraint batch_attempt_outcome_check
        check (outcome in ('SUCCEEDED', 'FAILED', 'CANCELLED', 'RELEASED', 'INFRASTRUCTURE_FAILED', 'ENGINE_DIED', 'LEASE_EXPIRED'));
