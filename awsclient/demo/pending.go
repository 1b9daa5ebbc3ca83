package demo

// Services without content yet.

type (
	ec2State    struct{}
	lambdaState struct{}
	emrState    struct{}
)

func newEC2State(*Account) *ec2State       { return &ec2State{} }
func newLambdaState(*Account) *lambdaState { return &lambdaState{} }
func newEMRState(*Account) *emrState       { return &emrState{} }

func registerEC2(*router)    {}
func registerLambda(*router) {}
func registerLogs(*router)   {}
func registerEMR(*router)    {}
